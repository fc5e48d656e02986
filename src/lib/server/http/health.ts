import { sql } from 'kysely';
import { app } from '#lib/server/http/app.ts';

/** Whether the database answers, which is all that serving needs. */
export async function canServe(): Promise<boolean> {
	try {
		await sql`select 1`.execute(app().db);
		return true;
	} catch {
		return false;
	}
}
