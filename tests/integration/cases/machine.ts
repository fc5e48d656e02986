import { randomUUID } from 'node:crypto';
import type { Ctx } from '#lib/server/context.ts';
import type { World } from '../../support/world.ts';

/** An agency's system of the world's force: a machine, with no account. */
export function agencyMachine(w: World): Ctx {
	return {
		...w.officer,
		requestId: randomUUID(),
		actor: {
			...w.officer.actor,
			...{ role: 'agency_system', accountId: null, sessionId: null, teamId: null },
			...{ controllerId: null, label: null }
		}
	};
}
