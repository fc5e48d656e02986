import type { ExitWords } from '#lib/components/ExitBar.svelte';
import type { Translate } from '#lib/i18n/create.ts';

/** Where leaving leads: a page that anybody may have open, with nothing personal on it. */
export const exitDestination = 'https://www.bbc.co.uk/weather';

/** Gives the words of the way out in the reader's language. */
export function exitWords(t: Translate): ExitWords {
	return {
		text: t('common:exit.text'),
		emergency: t('common:exit.emergency'),
		activated: t('common:exit.activated'),
		timedOut: t('common:exit.timedOut'),
		pressTwoMoreTimes: t('common:exit.pressTwoMoreTimes'),
		pressOneMoreTime: t('common:exit.pressOneMoreTime')
	};
}
