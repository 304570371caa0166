import type { ComponentProps } from 'react'
import { SortIcon } from '../../ui/icons.tsx'
import styles from './Agenda.module.css'

/** By what a row is dragged, and moved with the arrows; it bears the number of its place. */
export const Handle = ({ title, nth, of, ...handle }: { title: string; nth: number; of: number } & ComponentProps<'button'>) => (
  <button type="button" className={styles.handle} aria-label={`Move “${title}”, ${nth} of ${of}: up and down arrow`} {...handle}>
    <span aria-hidden="true">{nth}</span>
    <SortIcon size={14} />
  </button>
)
