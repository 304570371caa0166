import { SecretAddresses } from '../account/SecretAddresses.tsx'
import { answer, api, useMe } from '../api.ts'
import { AddressDialog } from '../ui/AddressDialog.tsx'
import { Section } from '../ui/Page.tsx'

const calendarsQuery = { queryKey: ['calendars'], queryFn: async () => (await answer(api.calendars.$get())).calendars }

/** Addresses by which calendar programs read what is planned: one for oneself, and one for each group. */
export function Calendars() {
  const groups = useMe().data?.groups ?? []
  return (
    <Section
      title="Calendars"
      hint="Subscribe with any calendar program: it stays up to date by itself. Whoever has an address can read that calendar, so keep it to yourself."
    >
      <SecretAddresses
        query={calendarsQuery}
        scopes={[
          { group: null, name: 'Everything of yours', about: 'Your readings and sessions, of all groups' },
          ...groups.map(({ id, name }) => ({ group: id, name, about: 'Sessions and everybody’s readings' })),
        ]}
        what="address"
        onReplace="Programs that use it need the new one."
        make={group => answer(api.calendars.$post({ json: { group } }))}
        end={id => answer(api.calendars[':id'].$delete({ param: { id } }))}
        show={({ url }, name, onClose) => (
          <AddressDialog
            title="Your calendar’s address"
            lead={`${name}. Copy it now: for safety it is not stored and cannot be shown again. You can replace it at any time.`}
            url={url}
            label="Calendar address"
            copyLabel="Copy address"
            hint={copied => (
              <>
                {copied ? 'Copied. ' : ''}In your calendar program, choose “Subscribe” or “Add by URL” and paste it, or{' '}
                <a href={url.replace(/^https?:/, 'webcal:')}>open it in the calendar of this device</a>.
              </>
            )}
            onClose={onClose}
          />
        )}
      />
    </Section>
  )
}
