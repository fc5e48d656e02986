import { error, type RequestHandler } from '@sveltejs/kit';
import { stayOn } from '#lib/server/http/stay.ts';

/** Tells a page until when its person stays signed in, and leaves the idle time running. */
export const GET: RequestHandler = ({ locals }) => Response.json(stayOn(locals) ?? error(404));

/** The press of somebody who stays: to come here is what makes the time longer. */
export const POST = GET;
