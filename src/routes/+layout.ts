import { staffNamespaces, victimNamespaces, type Namespace } from '#lib/i18n/create.ts';
import { loadTexts } from '#lib/i18n/load.ts';
import type { LayoutLoad } from './$types';

const publicNamespaces: readonly Namespace[] = [
	'common',
	'public',
	'ways-in',
	'second-step',
	'passkeys',
	'force-account'
];

const wanted: Readonly<Record<string, readonly Namespace[]>> = {
	public: publicNamespaces,
	victim: victimNamespaces,
	staff: staffNamespaces,
	oversight: ['common', 'public', 'sessions', 'staff']
};

export const load: LayoutLoad = async ({ data }) => ({
	...data,
	t: await loadTexts(data.language, wanted[data.group] ?? publicNamespaces)
});
