import { leaveProvider } from '#lib/server/http/force-account.ts';
import type { RequestHandler } from './$types';

/** On to where the force's own account is signed out of. */
export const GET: RequestHandler = () => leaveProvider();
