/** What of a page is pasted into a note. */
import { parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { markdownOf, type RichNode } from '../../apps/web/src/meeting/notes/richText.ts'

type Parsed = ReturnType<typeof parseDocument>['children'][number] | ReturnType<typeof parseDocument>

/** As a browser has it. */
const read = (node: Parsed): RichNode => ({
  nodeType: node.nodeType,
  nodeName: 'name' in node ? node.name.toUpperCase() : '',
  nodeValue: 'data' in node ? node.data : null,
  childNodes: 'children' in node ? node.children.map(read) : [],
  getAttribute: name => ('attribs' in node ? (node.attribs[name] ?? null) : null),
})

const pasted = (html: string) => markdownOf(read(parseDocument(html)))

describe('what is pasted with its looks', () => {
  test.each<[string, string]>([
    ['<p>We <b>read</b> <i>slowly</i>.</p>', 'We **read** _slowly_.'],
    ['<p>so <strong> it is </strong>said</p>', 'so **it is** said'],
    ['<h2><b>Plan</b></h2><p>One</p>\n<p>Two</p>', '## Plan\n\nOne\n\nTwo'],
    ['<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>', '- one\n- two\n  - deep'],
    ['<ol start="3"><li><p>three</p></li><li>four</li></ol>', '3. three\n4. four'],
    ['<ul><li>one</li><ul><li>deep</li></ul></ul>', '- one\n  - deep'],
    ['<ul><li><input type="checkbox" checked=""> done</li><li><input type="checkbox"> open</li></ul>', '- [x] done\n- [ ] open'],
    ['<a href="https://arxiv.org/abs/1">the paper</a> and <a href="javascript:x()">not this</a>', '[the paper](https://arxiv.org/abs/1) and not this'],
    ['<a href="https://a.org/">https://a.org/</a>', 'https://a.org/'],
    ['<blockquote><p>One</p><p>Two</p></blockquote>', '> One\n>\n> Two'],
    ['<pre>a\n  b</pre><p>then <code>c</code></p>', '```\na\n  b\n```\n\nthen `c`'],
    ['<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td><p>3</p></td></tr></table>', '| a | b |\n| --- | --- |\n| 1\\|2 | 3 |'],
    ['<p>in <math alttext="O(n^2)"><mi>O</mi></math> <b>steps</b></p>', 'in $O(n^2)$ **steps**'],
    [
      '<span class="katex"><span class="katex-mathml"><math><annotation encoding="application/x-tex">x_1</annotation></math></span><span class="katex-html">x1</span></span>',
      '$x_1$',
    ],
    ['<b style="font-weight:normal"><p><span style="font-weight:700">Bold</span> and not</p></b>', '**Bold** and not'],
    ['<style>b{}</style><script>x</script><b>a<br>b</b><img src="https://x.org/spy.png" alt="A plot">', '**a\nb**A plot'],
  ])('[Z36] of %j the note gets %j', (html, markdown) => expect(pasted(html)).toBe(markdown))

  test.each([
    '<p>plain</p><p>words</p>',
    '<div style="font-family: monospace; white-space: pre;"><div><span style="color: red">if</span> <b>x</b></div></div>',
    '<meta charset="utf-8"><span>a</span>',
    '<b> </b>',
  ])('[Z37] of %j plain text says as much', html => expect(pasted(html)).toBeNull())
})
