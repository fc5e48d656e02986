import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '#lib/server/db/schema.ts';

/** The demo's force and its places: all of it made up. */
export type DemoForce = {
	readonly forceId: string;
	readonly teams: Readonly<Record<'northgate' | 'harbour', string>>;
	readonly police: string;
	readonly service: string;
	readonly victimCare: string;
	readonly advocates: string;
	readonly agency: string;
	readonly standards: string;
};

const weekdays = [1, 2, 3, 4, 5];
const everyDay = [...weekdays, 6, 7];

/** Makes the force, its teams, desks and hours, as the owner of the tables (what an operator sets up). */
export async function makeForce(owner: Kysely<Database>, origin: string): Promise<DemoForce> {
	const force_id = randomUUID();
	const made: DemoForce = {
		forceId: force_id,
		teams: { northgate: randomUUID(), harbour: randomUUID() },
		police: randomUUID(),
		service: randomUUID(),
		victimCare: randomUUID(),
		advocates: randomUUID(),
		agency: randomUUID(),
		standards: randomUUID()
	};
	await owner.transaction().execute(async (tx) => {
		await tx
			.insertInto('force')
			.values({ id: force_id, slug: 'midshire', name: 'Midshire Police', origin })
			.execute();
		await tx
			.insertInto('controller')
			.values([
				{ force_id, id: made.police, kind: 'force', name: 'Midshire Police' },
				{ force_id, id: made.service, kind: 'service', name: 'Midshire Advocates' }
			])
			.execute();
		await tx
			.insertInto('team')
			.values([
				{ force_id, id: made.teams.northgate, name: 'Northgate' },
				{ force_id, id: made.teams.harbour, name: 'Harbour' }
			])
			.execute();
		await tx
			.insertInto('desk')
			.values([
				desk(made, made.advocates, made.service, 'support', 'Advocates', null),
				desk(made, made.victimCare, made.police, 'support', 'Victim care', null),
				desk(made, made.agency, made.police, 'agency', 'Witness care unit', null),
				desk(
					made,
					made.standards,
					made.police,
					'professional_standards',
					'Professional standards',
					null
				)
			])
			.execute();
		await tx
			.insertInto('desk_hours')
			.values([
				...hours(made, made.victimCare, everyDay, '07:00', '22:00'),
				...hours(made, made.advocates, weekdays, '09:00', '17:00'),
				...hours(made, made.agency, weekdays, '08:00', '17:00')
			])
			.execute();
	});
	return made;
}

function desk(
	made: DemoForce,
	id: string,
	controller_id: string,
	kind: 'support' | 'agency' | 'professional_standards',
	name: string,
	next_desk_id: string | null
) {
	return { force_id: made.forceId, id, controller_id, kind, name, next_desk_id };
}

function hours(made: DemoForce, deskId: string, days: number[], opens: string, closes: string) {
	return days.map((weekday) => ({
		force_id: made.forceId,
		desk_id: deskId,
		weekday,
		opens,
		closes
	}));
}
