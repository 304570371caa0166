/** A Daily Papers page of our own, in the format in which the site's page is copied as text. */
export const titles = ['Reading groups that read', 'On voting without counters', 'Offline first, meetings second']

const abstractOf = (title: string) =>
  `${title}: we describe what happens when a <kernel> of people meets each week, compare GPT-[n] with a human discussant, and find that votes with a time are worth more than votes without one. ${'The effect holds for small and for large groups. '.repeat(6)}`.trim()

export const samplePage = [
  'new',
  'Get trending papers in your email inbox!',
  'Subscribe',
  'Daily Papers',
  'byAK and the research community',
  'Aug 27',
  ...titles.flatMap(title => [title, abstractOf(title)]),
].join('\n\n')
