import { startPage } from '#lib/domain/access/role.ts';

const rest = String.raw`(\/[\w-]+)*(\?[\w=&%.+-]*)?$`;
const victims = new RegExp(String.raw`^\/(home|needs|progress|support|messages|me)${rest}`);
const staff = new RegExp(
	String.raw`^\/(account|work|cases|requests|board|search|oversight|kept|unplaced)${rest}`
);

/**
 * Gives the page that somebody carries on with after they were asked whether they are still there:
 * the one they came from, or where they begin for anything that is no page of theirs.
 */
export function carryOn(to: string | null, role: string): string {
	const own = role === 'victim' ? victims : staff;
	if (to !== null && own.test(to)) return to;
	return Object.entries(startPage).find(([known]) => known === role)?.[1] ?? '/';
}
