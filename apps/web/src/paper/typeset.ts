/** KaTeX, its style and its fonts: a chunk of its own, loaded when the first formula comes into sight. */
import katex from 'katex'
import 'katex/dist/katex.min.css'

/** Writes a formula into an element. One that KaTeX cannot read is shown as its source, marked. */
export const typeset = (element: HTMLElement, formula: { tex: string; display: boolean; source: string }) => {
  try {
    katex.render(formula.tex, element, { displayMode: formula.display, throwOnError: true, trust: false, strict: 'ignore', maxSize: 20, maxExpand: 500 })
    delete element.dataset.source
  } catch {
    element.textContent = formula.source
    element.dataset.source = 'true'
  }
}
