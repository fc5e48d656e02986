import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { parseHTML } from 'linkedom';

/** An element as far as readers, styles and assistive technology can tell it apart. */
export interface Tree {
	element: string;
	attributes: Record<string, string>;
	children: (Tree | string)[];
}

/** Renders a component on the server and gives its markup without hydration comments. */
export function markup<Props extends object>(
	component: Component<Props>,
	props: NoInfer<Props>
): string {
	return withoutComments(render(component as Component, { props }).body);
}

/**
 * Parses markup into trees: attributes by name, class names sorted, white space collapsed,
 * comments gone. Two pieces of markup with equal trees mean the same.
 */
export function trees(html: string): (Tree | string)[] {
	const { document } = parseHTML(
		`<!doctype html><html><body>${withoutComments(html)}</body></html>`
	);
	return childrenOf(document.body);
}

function withoutComments(html: string): string {
	return html.replace(/<!--[\s\S]*?-->/g, '');
}

function childrenOf(node: Node): (Tree | string)[] {
	const children: (Tree | string)[] = [];
	for (const child of [...node.childNodes]) {
		const before = children.at(-1);
		if (child.nodeType === 1) children.push(treeOf(child as Element));
		// The parser begins a new text at each entity.
		else if (typeof before === 'string') children.splice(-1, 1, before + child.textContent);
		else children.push(child.textContent ?? '');
	}
	return children
		.map((child) => (typeof child === 'string' ? collapse(child) : child))
		.filter((child) => child !== '');
}

function treeOf(element: Element): Tree {
	const attributes = [...element.attributes]
		.map(({ name, value }): [string, string] => [name, valueOf(name, value)])
		.sort(([a], [b]) => a.localeCompare(b));
	return {
		element: element.localName,
		attributes: Object.fromEntries(attributes),
		children: childrenOf(element)
	};
}

function valueOf(name: string, value: string): string {
	return name === 'class' ? collapse(value).split(' ').sort().join(' ') : value;
}

function collapse(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
