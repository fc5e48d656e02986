import type { Component } from 'svelte';
import { describe } from 'vitest';
import BackLink from '#lib/components/BackLink.svelte';
import Button from '#lib/components/Button.svelte';
import CharacterCount from '#lib/components/CharacterCount.svelte';
import Checkboxes from '#lib/components/Checkboxes.svelte';
import DateInput from '#lib/components/DateInput.svelte';
import Details from '#lib/components/Details.svelte';
import ErrorMessage from '#lib/components/ErrorMessage.svelte';
import ErrorSummary from '#lib/components/ErrorSummary.svelte';
import ExitThisPage from '#lib/components/ExitThisPage.svelte';
import Fieldset from '#lib/components/Fieldset.svelte';
import Hint from '#lib/components/Hint.svelte';
import Input from '#lib/components/Input.svelte';
import InsetText from '#lib/components/InsetText.svelte';
import Label from '#lib/components/Label.svelte';
import NotificationBanner from '#lib/components/NotificationBanner.svelte';
import Pagination from '#lib/components/Pagination.svelte';
import Panel from '#lib/components/Panel.svelte';
import PasswordInput from '#lib/components/PasswordInput.svelte';
import PhaseBanner from '#lib/components/PhaseBanner.svelte';
import Radios from '#lib/components/Radios.svelte';
import Select from '#lib/components/Select.svelte';
import SkipLink from '#lib/components/SkipLink.svelte';
import SummaryList from '#lib/components/SummaryList.svelte';
import Table from '#lib/components/Table.svelte';
import Tag from '#lib/components/Tag.svelte';
import TaskList from '#lib/components/TaskList.svelte';
import Textarea from '#lib/components/Textarea.svelte';
import WarningText from '#lib/components/WarningText.svelte';
import { compare, govukFixtures, type Case } from './support/fixtures.ts';
import { leftOut } from './support/left-out.ts';

// Each component has props of its own; the fixtures bring options for all of them.
const components: [string, unknown][] = [
	['back-link', BackLink],
	['button', Button],
	['character-count', CharacterCount],
	['checkboxes', Checkboxes],
	['date-input', DateInput],
	['details', Details],
	['error-message', ErrorMessage],
	['error-summary', ErrorSummary],
	['exit-this-page', ExitThisPage],
	['fieldset', Fieldset],
	['hint', Hint],
	['input', Input],
	['inset-text', InsetText],
	['label', Label],
	['notification-banner', NotificationBanner],
	['pagination', Pagination],
	['panel', Panel],
	['password-input', PasswordInput],
	['phase-banner', PhaseBanner],
	['radios', Radios],
	['select', Select],
	['skip-link', SkipLink],
	['summary-list', SummaryList],
	['table', Table],
	['tag', Tag],
	['task-list', TaskList],
	['textarea', Textarea],
	['warning-text', WarningText]
];

for (const [name, component] of components) {
	describe(`govuk-frontend ${name}`, () => {
		const one: Case = {
			name,
			component: component as Component<Record<string, unknown>>,
			leftOut: leftOut[name] ?? {}
		};
		compare(one, govukFixtures(name));
	});
}
