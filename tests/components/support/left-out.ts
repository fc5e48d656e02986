const byLength = 'the limit counts characters only, as JavaScript counts them';
const neverWords = 'nothing in Waymark is limited by words';
const fromWords = 'its words come from the language of the page, not from each field';
const always = 'a limit is always given, because the server enforces it';
const stays = 'an alert stays until what it says is over';

/** Fixtures that our props cannot express, by component, each with the reason. */
export const leftOut: Record<string, Record<string, string>> = {
	'character-count': {
		'with maxwords': neverWords,
		"with count type 'length'": byLength,
		"with count type 'characters'": byLength,
		"with count type 'characters' and value": byLength,
		"with count type 'characters' and error message": byLength,
		"with count type 'characters' and threshold": byLength,
		"with count type 'words'": neverWords,
		"with count type 'words' and value": neverWords,
		"with count type 'words' and error message": neverWords,
		"with count type 'words' and threshold": neverWords,
		'with threshold': 'the room left shows from the first character',
		'to configure in JavaScript': always,
		'with neither maxlength nor maxwords set': always,
		'with neither maxlength, maxwords nor textarea description set': always,
		'with translations': fromWords
	},
	'password-input': { 'with translations': fromWords },
	'moj-alert': {
		dismissible: stays,
		'no auto focus': stays,
		'focus on dismiss': stays
	},
	'moj-badge': {
		'with label': 'the package gives a badge with a label an empty accessible name'
	}
};
