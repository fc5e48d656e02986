/** The class on the root element that hides the whole page (styles/_chrome.scss). */
const blankClass = 'wm-blank';

/** Hides everything at once. Touches nothing but a class, so it cannot fail or wait. */
export function blankPage(): void {
	document.documentElement.classList.add(blankClass);
}

/**
 * Leaves for `destination` without waiting for anything: the page blanks, the server is told to
 * end the session while the browser already goes, and this page is replaced in the history.
 * `spoken` is what a screen reader hears meanwhile.
 */
export function leavePage(destination: string, spoken: string): void {
	blankPage();
	document.title = spoken;
	const overlay = document.createElement('div');
	overlay.className = 'govuk-exit-this-page-overlay';
	overlay.setAttribute('role', 'alert');
	document.body.append(overlay);
	overlay.textContent = spoken;
	// The session also ends by its own limits when this request gets lost.
	fetch('/exit', { keepalive: true, redirect: 'manual', credentials: 'same-origin' }).catch(
		() => undefined
	);
	location.replace(destination);
}
