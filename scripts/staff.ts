import { sql } from 'kysely';
import { isUuid } from '#lib/domain/uuid.ts';
import { end, list, place, type OperatorRefusal } from '#lib/server/accounts/operating.ts';
import { readConfig } from '#lib/server/config.ts';
import { connect } from '#lib/server/db/connect.ts';
import { orExplain } from '#lib/server/process.ts';

const usage = `Who works here, by the terminal (docs/operators-sign-in.md):
  npm run staff
  npm run staff -- place <account> team|desk "<name of the team or desk>"
  npm run staff -- end <account>`;

const why: Readonly<Record<OperatorRefusal, string>> = {
	unknown_account: 'There is no such colleague in this force.',
	unknown_place: 'There is no team or desk of that name.',
	wrong_place: 'Officers and supervisors have a team; caseworkers and agency desks have a desk.',
	ended: 'This account has ended.'
};

const say = (line: string) => void process.stdout.write(`${line}\n`);
const config = orExplain(() => readConfig(process.env));
const { databaseOwnerUrl, origin } = config;
if (!databaseOwnerUrl) {
	say('DATABASE_OWNER_URL is required: the role that owns the tables.');
	process.exit(1);
}
const owner = connect(databaseOwnerUrl);
const ended = await run(process.argv.slice(2)).finally(() => owner.destroy());
process.exit(ended);

async function run([word, id = '', kind, name = '']: string[]): Promise<number> {
	const { rows } = await sql<{ id: string }>`select id from force where origin = ${origin}`.execute(
		owner
	);
	const forceId = rows[0]?.id;
	if (forceId === undefined) return refuse(`No force has the address ${origin} (ORIGIN).`);
	if (word === undefined) return show(forceId);
	if (!isUuid(id)) return refuse(usage);
	if (word === 'end') return told(await end(owner, forceId, id));
	if (word === 'place' && (kind === 'team' || kind === 'desk') && name !== '') {
		return told(await place(owner, forceId, { id, kind, name }));
	}
	return refuse(usage);
}

async function show(forceId: string): Promise<number> {
	for (const one of await list(owner, forceId)) {
		const where = one.place ?? '(no place)';
		say([one.id, one.state.padEnd(9), one.role.padEnd(11), where, one.label].join('  '));
	}
	return 0;
}

function told(outcome: { ok: true } | { ok: false; error: OperatorRefusal }): number {
	if (!outcome.ok) return refuse(why[outcome.error]);
	say('Done. What this person was signed in to has ended.');
	return 0;
}

function refuse(line: string): number {
	process.stderr.write(`${line}\n`);
	return 1;
}
