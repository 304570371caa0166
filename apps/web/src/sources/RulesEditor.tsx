import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import type { SourceRule } from '@paperboard/shared/sources'
import { useState } from 'react'
import { Button, IconButton } from '../ui/Button.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { PlusIcon, TrashIcon } from '../ui/icons.tsx'
import styles from './RulesEditor.module.css'

const effects: { value: SourceRule['effect']; label: string }[] = [
  { value: 'include', label: 'Only with' },
  { value: 'exclude', label: 'None with' },
  { value: 'highlight', label: 'Highlight' },
]
const places = [
  ['title', 'Title'],
  ['abstract', 'Abstract'],
  ['author', 'Authors'],
] as const

const fresh: SourceRule = { effect: 'include', where: ['title', 'abstract'], phrases: [], wholeWord: true, name: '' }

/** A rule that is being written, with a name of its own while it is. */
export interface TypedRule {
  id: string
  rule: SourceRule
}
export const typedRule = (rule: SourceRule): TypedRule => ({ id: newId(), rule })

/** The rules of a source. What they find is shown in the preview below with every letter. */
export function RulesEditor({ rules, onChange }: { rules: TypedRule[]; onChange: (rules: TypedRule[]) => void }) {
  const change = (id: string, to: Partial<SourceRule>) => onChange(rules.map(each => (each.id === id ? { id, rule: { ...each.rule, ...to } } : each)))
  return (
    <section className={styles.rules} aria-label="Rules">
      <h3>Rules</h3>
      <p className={styles.hint}>
        Without rules everything comes. Words and phrases are found whatever their case, accents and hyphens; “None with” goes before “Only with”.
      </p>
      <ol className={styles.list}>
        {rules.map(({ id, rule }, n) => (
          <Rule key={id} number={n + 1} rule={rule} onChange={to => change(id, to)} onRemove={() => onChange(rules.filter(each => each.id !== id))} />
        ))}
      </ol>
      {rules.length < limits.sourceRules && (
        <Button size="small" icon={PlusIcon} onClick={() => onChange([...rules, typedRule(fresh)])}>
          Add a rule
        </Button>
      )}
    </section>
  )
}

interface RuleProps {
  number: number
  rule: SourceRule
  onChange: (to: Partial<SourceRule>) => void
  onRemove: () => void
}

function Rule({ number, rule, onChange, onRemove }: RuleProps) {
  // As it is typed: a comma at the end is the beginning of another phrase.
  const [text, setText] = useState(rule.phrases.join(', '))
  const type = (next: string) => {
    setText(next)
    const phrases = next.split(/[,;\n]/).map(phrase => phrase.trim())
    onChange({ phrases: phrases.filter(phrase => phrase !== '') })
  }
  return (
    <li className={styles.rule}>
      <div className={styles.first}>
        <Select
          label={`What rule ${number} does`}
          labelHidden
          value={rule.effect}
          onChange={event => onChange({ effect: effects.find(({ value }) => value === event.target.value)?.value ?? 'include' })}
        >
          {effects.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <TextField
          label={`Words of rule ${number}`}
          labelHidden
          placeholder="diffusion, flow matching"
          value={text}
          onChange={event => type(event.target.value)}
        />
        <IconButton icon={TrashIcon} size="small" label={`Remove rule ${number}`} onClick={onRemove} />
      </div>
      <div className={styles.second}>
        <fieldset className={styles.where}>
          <legend className="visually-hidden">Where rule {number} looks</legend>
          {places.map(([place, name]) => (
            <label key={place}>
              <input
                type="checkbox"
                checked={rule.where.includes(place)}
                onChange={event => onChange({ where: event.target.checked ? [...rule.where, place] : rule.where.filter(other => other !== place) })}
              />
              <span>{name}</span>
            </label>
          ))}
          <label>
            <input type="checkbox" checked={rule.wholeWord} onChange={event => onChange({ wholeWord: event.target.checked })} />
            <span>Whole words</span>
          </label>
        </fieldset>
        <TextField
          label={`Name of rule ${number}`}
          labelHidden
          placeholder="Name, to be shown"
          value={rule.name}
          maxLength={limits.nameLength}
          onChange={event => onChange({ name: event.target.value })}
        />
      </div>
    </li>
  )
}
