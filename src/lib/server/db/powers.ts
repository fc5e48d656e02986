import pg from 'pg';

const again = 5000;

/** Says why this role must not serve the application, or nothing when it may. */
export async function excessPower(url: string): Promise<string | undefined> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
	try {
		await client.connect();
		const { rows } = await client.query<{ superuser: boolean; bypass: boolean; owner: boolean }>(
			`select rolsuper as superuser, rolbypassrls as bypass, exists (
				select from pg_class
				where relkind in ('r', 'p') and pg_has_role(current_user, relowner, 'usage')
			) as owner
			from pg_roles where rolname = current_user`
		);
		const [role] = rows;
		if (role?.superuser) return 'it is a superuser, whom row security does not hold';
		if (role?.bypass) return 'it may bypass row security';
		return role?.owner ? 'it owns tables, and row security does not hold owners' : undefined;
	} finally {
		await client.end().catch(() => undefined);
	}
}

/**
 * Calls `refuse` with the reason when the role behind `url` has more power than the application
 * may have. While the database cannot be reached it asks again, because the application answers
 * "not available" meanwhile and must not start serving with such a role later.
 */
export function refusePowers(url: string, refuse: (reason: string) => void): { stop(): void } {
	let timer: NodeJS.Timeout | undefined;
	let stopped = false;
	const ask = async () => {
		try {
			const reason = await excessPower(url);
			if (reason && !stopped) refuse(reason);
		} catch {
			if (!stopped) timer = setTimeout(() => void ask(), again);
		}
	};
	void ask();
	return {
		stop() {
			stopped = true;
			clearTimeout(timer);
		}
	};
}
