import type { NeedId, ParticipationRole } from '#lib/domain/need/catalogue.ts';
import type { MilestoneId } from '#lib/domain/milestone/catalogue.ts';
import type { SupportKind } from '#lib/domain/support/kinds.ts';
import type { Urgency } from '#lib/domain/support/request.ts';
import type { Owner } from '#lib/forms/need-entry.ts';
import type { ContactChannel } from '#lib/domain/contact/held-change.ts';
import type { SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import type { Language } from '#lib/i18n/languages.ts';

/** Days before today, with the hour of London's day at which it happened (10 when left out). */
export type Ago = number | readonly [days: number, hour: number];

export type StoryEvent = {
	readonly milestone: MilestoneId;
	readonly ago: Ago;
	/** A date that is known to come, in days from today, and how exactly. */
	readonly next?: readonly [days: number, precision: 'day' | 'week_commencing' | 'warned_list'];
	/** Replaces the event before it with the same milestone: a hearing that moved. */
	readonly moves?: true;
	/** Hard news that an officer has told in person. */
	readonly told?: true;
};

export type StoryRequest = {
	readonly kind: SupportKind;
	readonly urgency: Urgency;
	readonly desk: 'victimCare' | 'advocates';
	readonly words: string;
	readonly ago: Ago;
	/** Who takes it; needed where something follows. */
	readonly by?: 'caseworker' | 'caseworker2' | 'advocate';
	readonly then?: readonly (
		| { readonly do: 'take'; readonly ago: Ago }
		| {
				readonly do: 'start' | 'reply' | 'note' | 'ask_victim' | 'close' | 'answer';
				readonly ago: Ago;
				readonly words: string;
		  }
	)[];
};

export type StorySaid = {
	readonly need: NeedId;
	readonly choices: readonly string[];
	readonly words?: string;
	readonly ago: Ago;
	/** Who of those who act for them said it; the person themselves when left out. */
	readonly by?: string;
	/** The officer's answer, if there is one. */
	readonly answer?: readonly ['agreed' | 'agreed_in_part' | 'not_agreed', words: string, ago: Ago];
};

export type StoryEntry = {
	readonly need: NeedId;
	readonly choices?: readonly string[];
	readonly recorded: string;
	readonly source?: 'waymark' | 'pasted';
	readonly ago: Ago;
	readonly action?: readonly [what: string, owner: Owner, dueInDays: number];
	readonly none?: string;
};

/** A parent who acts for a child, approved on the day of the report. */
export type StoryParent = {
	readonly given: string;
	readonly family: string;
	readonly account: string;
	readonly shown: string;
	/** How old the child is today, in years. */
	readonly childIs: number;
};

export type StoryPerson = {
	readonly name: string;
	readonly account?: string;
	/** Printed with the demo's sign-ins, with this description. */
	readonly shown?: string;
	readonly role?: ParticipationRole;
	readonly grounds?: readonly string[];
	readonly language?: Language;
	readonly plan?: Partial<SafetyRules>;
	/** When they looked at it again and said it is still right. */
	readonly planAgain?: Ago;
	/** An address for notices, confirmed as safe. */
	readonly mail?: string;
	/** A change of how they are reached that they asked for, and nobody has checked yet. */
	readonly wants?: { readonly channel: ContactChannel; readonly value: string; readonly ago: Ago };
	readonly said?: readonly StorySaid[];
	readonly entries?: readonly StoryEntry[];
	readonly confirmed?: Ago;
	readonly asked?: readonly StoryRequest[];
	readonly parent?: StoryParent;
};

export type Story = {
	readonly crime: string;
	readonly category: string;
	readonly reported: Ago;
	readonly officer: 'officer' | 'officer2' | 'officer3';
	/** Kept to the officer and those named here, by their labels. */
	readonly restricted?: { readonly named: readonly string[]; readonly barred: readonly string[] };
	/** Suspects and associates, as an officer links them. */
	readonly linked?: readonly {
		readonly role: 'suspect' | 'associate';
		readonly address?: string;
		readonly number?: string;
		readonly initial?: string;
		readonly surname?: string;
	}[];
	readonly people: readonly StoryPerson[];
	readonly events: readonly StoryEvent[];
};
