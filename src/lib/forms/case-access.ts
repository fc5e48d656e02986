import type { ListAct } from '#lib/domain/restricted/insider.ts';
import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Longest reason, in characters. */
export const longestReason = 500;

/** Somebody to be put on a list, by the label that they are known by. */
export type Added = {
	readonly act: Extract<ListAct, 'named' | 'barred'>;
	readonly label: string;
	readonly reason: string;
};

/** Reads who is to be named or barred, and why. */
export const parseAdd: Parse<Added> = (data) => {
	const errors: FieldError[] = [];
	const act = (['named', 'barred'] as const).find((known) => known === text(data, 'act'));
	if (!act) errors.push({ field: 'act', key: 'staff-access:error.act' });
	const label = text(data, 'label').replaceAll(/\s+/g, ' ');
	if (label === '' || label.length > 100) {
		errors.push({ field: 'label', key: 'staff-access:error.label' });
	}
	const reason = reasonOf(data, 'addReason', errors);
	return errors.length > 0 || !act ? refuse(data, errors) : ok({ act, label, reason });
};

/** Somebody to be taken off the list they are on. */
export type Removed = {
	readonly act: Extract<ListAct, 'unnamed' | 'unbarred'>;
	readonly accountId: string;
	readonly reason: string;
};

/** Reads who is to be taken off which list (`named:<id>` or `barred:<id>`), and why. */
export const parseRemove: Parse<Removed> = (data) => {
	const errors: FieldError[] = [];
	const [list, accountId = ''] = text(data, 'person').split(':');
	const act = list === 'named' ? 'unnamed' : list === 'barred' ? 'unbarred' : null;
	if (act === null || !isUuid(accountId)) {
		errors.push({ field: 'person', key: 'staff-access:error.person' });
	}
	const reason = reasonOf(data, 'removeReason', errors);
	return errors.length > 0 || act === null ? refuse(data, errors) : ok({ act, accountId, reason });
};

/** Reads why a case is to be restricted, or why the restriction should be lifted. */
export const parseReason: Parse<{ reason: string }> = (data) => {
	const errors: FieldError[] = [];
	const reason = reasonOf(data, 'reason', errors);
	return errors.length > 0 ? refuse(data, errors) : ok({ reason });
};

/** Reads the answer of the second person to lifting a restriction. */
export const parseAnswer: Parse<{ agree: boolean; reason: string }> = (data) => {
	const errors: FieldError[] = [];
	const answer = (['agree', 'refuse'] as const).find((known) => known === text(data, 'answer'));
	if (!answer) errors.push({ field: 'answer', key: 'staff-access:error.answer' });
	const reason = reasonOf(data, 'reason', errors);
	if (errors.length > 0) return refuse(data, errors);
	return ok({ agree: answer === 'agree', reason });
};

function reasonOf(data: FormData, field: string, errors: FieldError[]): string {
	const reason = text(data, field);
	if (reason === '') errors.push({ field, key: 'staff-access:error.reason' });
	else if (exceeds(reason, longestReason)) {
		errors.push({ field, key: 'staff-access:error.reasonLong', values: { count: longestReason } });
	}
	return reason;
}
