/** The first reason why a text is no well-formed XML element, or undefined. Knows what charts use: elements, attributes, text, entities. */
export function faultOf(xml: string): string | undefined {
  const open: string[] = [];
  let rest = xml.trim();
  while (rest !== "") {
    const text = /^[^<]+/.exec(rest)?.[0];
    if (text !== undefined) {
      if (/&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(text)) return `a bare & in ${JSON.stringify(text.slice(0, 40))}`;
      if (open.length === 0 && text.trim() !== "") return "text outside the root";
      rest = rest.slice(text.length);
      continue;
    }
    const tag = /^<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/.exec(rest);
    if (!tag) return `no tag: ${JSON.stringify(rest.slice(0, 60))}`;
    const [whole, closing, name = "", attributes = "", selfClosing] = tag;
    const names = [...attributes.matchAll(/\s([\w:-]+)=/g)].map((match) => match[1]);
    if (new Set(names).size < names.length) return `<${name}> has an attribute twice`;
    if (closing && open.pop() !== name) return `</${name}> closes another element`;
    if (!closing && !selfClosing) open.push(name);
    rest = rest.slice(whole.length);
  }
  return open.length > 0 ? `<${open[open.length - 1]}> is never closed` : undefined;
}
