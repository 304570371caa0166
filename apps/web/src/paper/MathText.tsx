import { memo } from 'react'
import { splitMath } from './mathText.ts'
import { Tex } from './Tex.tsx'

/** Plain text with its formulas set. `<kernel>` and `GPT-[n]` appear as they are written: nothing here is markup. */
export const MathText = memo(({ children }: { children: string }) => {
  if (!/[$\\]/.test(children)) return children
  return splitMath(children).map((piece, place) =>
    // Formulas inside a sentence are set inline even where the author displayed them: titles and folded abstracts are lines.
    piece.kind === 'text' ? piece.text : <Tex key={`${place} ${piece.source}`} tex={piece.tex} source={piece.source} />,
  )
})
