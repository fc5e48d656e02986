/** What is known of somebody, as it was given: any of it may be empty. */
export type Known = {
	readonly given: string;
	readonly family: string;
	readonly number: string;
	readonly address: string;
};
