import { toProvider } from '#lib/server/http/force-account.ts';
import type { RequestHandler } from './$types';

/** A plain link leads here: a posted form that redirects out is stopped by `form-action`. */
export const GET: RequestHandler = (event) => toProvider(event);
