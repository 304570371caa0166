import type { ComponentProps } from 'react'
import { Select } from '../ui/Field.tsx'

/** The browser's own time zone. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** "Europe/Berlin" → "Berlin"; grouped by the part before it. */
const zonesByArea = (chosen: string): [string, string[]][] => {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), chosen, 'UTC'])
  return Object.entries(Object.groupBy([...zones].sort(), zone => (zone.includes('/') ? (zone.split('/')[0] ?? '') : 'Other'))).map(([area, list]) => [
    area,
    list ?? [],
  ])
}
const cityOf = (zone: string) =>
  zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ')

/** All time zones the browser knows, by continent. */
export const TimeZoneSelect = ({ value, ...rest }: Omit<ComponentProps<typeof Select>, 'label' | 'children' | 'value'> & { value: string }) => (
  <Select label="Time zone" value={value} {...rest}>
    {zonesByArea(value).map(([area, zones]) => (
      <optgroup key={area} label={area}>
        {zones.map(zone => (
          <option key={zone} value={zone}>
            {cityOf(zone)}
          </option>
        ))}
      </optgroup>
    ))}
  </Select>
)
