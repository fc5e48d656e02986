import { precisions, type Planned } from '#lib/domain/case/story.ts';
import { milestoneById, type MilestoneId } from '#lib/domain/milestone/catalogue.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { dayOf } from '#lib/forms/day.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** A milestone as an officer records it. */
export type EventAnswers = {
	readonly milestone: MilestoneId;
	readonly happenedOn: string;
	readonly next: Planned | null;
	/** The id of the event it corrects or moves. */
	readonly supersedes: string | null;
	/** The reference of the one person it concerns. */
	readonly person: string | null;
};

/** Reads the form by which an officer says that something happened. */
export const parse: Parse<EventAnswers> = (data) => {
	const errors: FieldError[] = [];
	const milestone = milestoneById(text(data, 'milestone'));
	if (!milestone) errors.push({ field: 'milestone', key: 'staff:error.milestoneMissing' });
	const happened = dayOf(data, 'happened');
	if (!happened.ok) {
		const key = happened.error === 'missing' ? 'happenedMissing' : 'dayUnreal';
		errors.push({ field: 'happened-day', key: `staff:error.${key}` });
	}
	const next = nextOf(data);
	if (!next.ok) errors.push(next.error);
	if (errors.length > 0 || !milestone || !happened.ok || !next.ok) return refuse(data, errors);
	return ok({
		milestone: milestone.id,
		happenedOn: happened.value,
		next: next.value,
		supersedes: idOf(text(data, 'supersedes')),
		person: text(data, 'person') || null
	});
};

/** Reads the form by which an officer says that they told the victim in person. */
export const parseTold: Parse<{ eventId: string }> = (data) => {
	const eventId = idOf(text(data, 'event'));
	if (eventId !== null) return ok({ eventId });
	return refuse(data, [{ field: 'event', key: 'staff:error.eventMissing' }]);
};

function nextOf(data: FormData): Result<Planned | null, FieldError> {
	const day = dayOf(data, 'next');
	if (!day.ok && day.error === 'missing') return ok(null);
	if (!day.ok) return { ok: false, error: { field: 'next-day', key: 'staff:error.dayUnreal' } };
	const precision = precisions.find((known) => known === text(data, 'precision')) ?? 'day';
	return ok({ on: day.value, precision });
}

function idOf(value: string): string | null {
	return isUuid(value) ? value : null;
}
