import { app } from '#lib/server/http/app.ts';

/** Until when a page may say that the person stays signed in. */
export type PageStay = {
	/** When they are signed out if they do nothing, and how many seconds that is from now. */
	readonly until: Date;
	readonly secondsLeft: number;
	/** Whether a press makes it longer: not when the session's end in all comes first. */
	readonly longer: boolean;
};

/** Gives until when who asks stays signed in; null for nobody. */
export function stayOn({ stay }: App.Locals): PageStay | null {
	if (!stay) return null;
	const left = (stay.until.getTime() - app().clock().getTime()) / 1_000;
	const secondsLeft = Math.max(0, Math.round(left));
	return { until: stay.until, secondsLeft, longer: stay.until < stay.last };
}
