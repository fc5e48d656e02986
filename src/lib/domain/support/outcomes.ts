/** How a request can end, as the victim reads it beside the caseworker's own words. */
export const outcomes = ['given', 'passed_on', 'not_possible', 'not_wanted'] as const;
export type Outcome = (typeof outcomes)[number];

/** What came of trying to reach somebody; kept with an internal note. */
export const attempts = ['spoke', 'no_answer', 'left_nothing', 'not_safe'] as const;
export type Attempt = (typeof attempts)[number];

/** The ways in which a caseworker tries to reach somebody. */
export const attemptWays = ['call', 'text', 'email', 'post', 'in_person', 'supporter'] as const;
export type AttemptWay = (typeof attemptWays)[number];

/** Whether a word from outside is a way a request can end. */
export function isOutcome(word: string): word is Outcome {
	return outcomes.some((outcome) => outcome === word);
}

/** Whether a word from outside is what came of an attempt. */
export function isAttempt(word: string): word is Attempt {
	return attempts.some((attempt) => attempt === word);
}

/** Whether a word from outside is a way to try. */
export function isAttemptWay(word: string): word is AttemptWay {
	return attemptWays.some((way) => way === word);
}
