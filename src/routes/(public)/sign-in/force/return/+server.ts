import { fromProvider } from '#lib/server/http/force-account.ts';
import type { RequestHandler } from './$types';

/** Where the force's sign-in service sends people back to. */
export const GET: RequestHandler = (event) => fromProvider(event);
