/** Until when a person stays signed in, as the server tells a page. */
export type Stay = {
	readonly until: Date | string;
	readonly secondsLeft: number;
	/** Whether a press makes it longer. */
	readonly longer: boolean;
};

/** Asks until when, and leaves the idle time running; null when the server cannot be reached. */
export function askStay(): Promise<Stay | 'over' | null> {
	return told({ method: 'GET' });
}

/** Stays: the press itself makes the time longer. */
export function pressStay(): Promise<Stay | 'over' | null> {
	return told({ method: 'POST', body: new URLSearchParams() });
}

async function told(how: RequestInit): Promise<Stay | 'over' | null> {
	try {
		const answer = await fetch('/stay', { ...how, redirect: 'manual' });
		// Whoever is signed out is sent to the page for signing in.
		if (answer.type === 'opaqueredirect') return 'over';
		return answer.ok ? ((await answer.json()) as Stay) : null;
	} catch {
		return null;
	}
}
