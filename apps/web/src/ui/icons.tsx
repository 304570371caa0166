import type { ReactNode } from 'react'

/** An icon of our set: 20 units square, drawn in strokes of the text's colour. Decorative; whoever uses it gives the name. */
export interface IconProps {
  /** Pixels; 18 by default. */
  size?: number
  className?: string
}

const icon = (shape: ReactNode) =>
  function Icon({ size = 18, className }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={className}
        aria-hidden="true"
        focusable="false"
      >
        {shape}
      </svg>
    )
  }

export const UpIcon = icon(<path d="M10 16V4.5M4.8 9.5 10 4.3l5.2 5.2" />)
export const DownIcon = icon(<path d="M10 4v11.5M4.8 10.5 10 15.7l5.2-5.2" />)
export const ChevronDownIcon = icon(<path d="m5.5 8 4.5 4.5L14.5 8" />)
export const ChevronLeftIcon = icon(<path d="M12 5.5 7.5 10l4.5 4.5" />)
export const ChevronRightIcon = icon(<path d="M8 5.5 12.5 10 8 14.5" />)
export const ArrowLeftIcon = icon(<path d="M16 10H4.5M9.2 5.2 4.4 10l4.8 4.8" />)
export const CheckIcon = icon(<path d="m4.5 10.5 3.7 3.7 7.3-8" />)
export const CloseIcon = icon(<path d="m5.5 5.5 9 9m0-9-9 9" />)
export const PlusIcon = icon(<path d="M10 4.5v11M4.5 10h11" />)
export const SearchIcon = icon(<path d="M14 14l3 3M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Z" />)
export const SortIcon = icon(<path d="M6.5 4.5v11m0 0L3.8 12.8m2.7 2.7 2.7-2.7M11 6h6M11 10h4.5M11 14h3" />)
export const MoreIcon = icon(
  <g fill="currentColor" stroke="none">
    <circle cx="4.5" cy="10" r="1.4" />
    <circle cx="10" cy="10" r="1.4" />
    <circle cx="15.5" cy="10" r="1.4" />
  </g>,
)
export const CommentIcon = icon(<path d="M4 4.5h12a1 1 0 0 1 1 1v7.6a1 1 0 0 1-1 1H9.4L6 17v-2.9H4a1 1 0 0 1-1-1V5.5a1 1 0 0 1 1-1Z" />)
export const ReplyIcon = icon(<path d="M8 5 3.5 9.5 8 14M4 9.5h7a5 5 0 0 1 5 5V16" />)
export const SmileIcon = icon(<path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7.2 11.6c.6 1 1.6 1.6 2.8 1.6s2.2-.6 2.8-1.6M7.6 8.2v.1m4.8-.1v.1" />)
export const EditIcon = icon(<path d="m4 16 .8-3.4 8.6-8.6a1.4 1.4 0 0 1 2 0l.6.6a1.4 1.4 0 0 1 0 2l-8.6 8.6L4 16Zm7.8-10.4 2.6 2.6" />)
export const TrashIcon = icon(
  <path d="M4 5.5h12M8 5.5V4a.9.9 0 0 1 .9-.9h2.2A.9.9 0 0 1 12 4v1.5m-6.3 0 .6 10.2a1.2 1.2 0 0 0 1.2 1.1h5a1.2 1.2 0 0 0 1.2-1.1l.6-10.2" />,
)
export const CopyIcon = icon(
  <path d="M8 7.5h7.5a1 1 0 0 1 1 1V16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8.5a1 1 0 0 1 1-1ZM13 7.4V4.5a1 1 0 0 0-1-1H4.5a1 1 0 0 0-1 1V12a1 1 0 0 0 1 1H7" />,
)
export const LinkIcon = icon(
  <path d="M8.3 11.7a3.2 3.2 0 0 0 4.6 0l2.6-2.7a3.2 3.2 0 0 0-4.5-4.5l-.9.9m1.6 2.9a3.2 3.2 0 0 0-4.6 0L4.5 11A3.2 3.2 0 0 0 9 15.5l.9-.9" />,
)
export const UndoIcon = icon(<path d="M7.5 5 3.5 9l4 4M4 9h7.5a4 4 0 0 1 0 8H8" />)
export const RedoIcon = icon(<path d="m12.5 5 4 4-4 4M16 9H8.5a4 4 0 0 0 0 8H12" />)
export const HistoryIcon = icon(<path d="M3.5 10a6.5 6.5 0 1 0 2-4.7L3.5 7.2M3.5 3.5v3.7h3.7M10 6.5V10l2.5 1.5" />)
export const DownloadIcon = icon(<path d="M10 3.5v8.7m0 0 3.4-3.4M10 12.2 6.6 8.8M4 15.5h12" />)
export const TagIcon = icon(<path d="M4 4h5.6a1 1 0 0 1 .7.3l5.9 5.9a1 1 0 0 1 0 1.4l-4.6 4.6a1 1 0 0 1-1.4 0l-5.9-5.9a1 1 0 0 1-.3-.7V4Zm3 3v.1" />)
export const TrendIcon = icon(<path d="m3.5 14 4.5-5 3 3 5.5-6.5m0 0h-4m4 0v4" />)
export const LibraryIcon = icon(<path d="M4.5 4v12.5M8 4v12.5M11.3 4.6l3.8 11.6" />)
export const PageIcon = icon(<path d="M5.5 3.5h6l3.5 3.5v9a.9.9 0 0 1-.9.9H5.9A.9.9 0 0 1 5 16V4.4a.9.9 0 0 1 .5-.9ZM11.3 3.6V7.2H15" />)
export const CalendarIcon = icon(<path d="M4.5 5h11a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm-1 4h13M7 3v3.5M13 3v3.5" />)
export const BoardIcon = icon(
  <path d="M4.5 3.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM6.7 7.3h6.6M6.7 10.2h6.6M6.7 13.1h3.8" />,
)
export const ReadingIcon = icon(
  <path d="M10 6.2C8.7 5 6.8 4.4 3.5 4.4v10.8c3.3 0 5.2.5 6.5 1.6m0-10.6c1.3-1.2 3.2-1.8 6.5-1.8v10.8c-3.3 0-5.2.5-6.5 1.6m0-10.6v10.6" />,
)
export const MembersIcon = icon(
  <path d="M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.5 16c.3-2.7 2.3-4.2 5-4.2s4.7 1.5 5 4.2M13 9.3a2.4 2.4 0 1 0-.6-4.7m2 7.3c1.8.4 2.9 1.7 3.1 3.7" />,
)
export const PersonIcon = icon(<path d="M10 9.7a3.1 3.1 0 1 0 0-6.2 3.1 3.1 0 0 0 0 6.2ZM4.2 16.5c.4-2.8 2.7-4.3 5.8-4.3s5.4 1.5 5.8 4.3" />)
export const SettingsIcon = icon(
  <path d="M3.5 6h7m3.5 0h2.5M3.5 14H6m3.5 0h7M12.2 7.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM7.8 15.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z" />,
)
export const PresentIcon = icon(<path d="M3 4h14M4.5 4v7.5a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V4M10 12.5V15m-3 2 3-2 3 2" />)
export const HandIcon = icon(
  <path d="M6.2 11V5.4a1.1 1.1 0 0 1 2.2 0V9m0-.4V4a1.1 1.1 0 0 1 2.2 0v4.6m0-.4V4.8a1.1 1.1 0 0 1 2.2 0V9m0-.8V6.6a1.1 1.1 0 0 1 2.2 0v5.2c0 3.1-1.9 5.2-4.8 5.2-2.2 0-3.3-.9-4.5-2.9L4 10.9c-.5-.9.7-1.9 1.5-1.1l.9 1" />,
)
export const KeyboardIcon = icon(
  <path d="M3.5 5.5h13a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM5.5 8.5v.1M8.5 8.5v.1m3-.1v.1m3-.1v.1M7 11.7h6" />,
)
export const SunIcon = icon(
  <path d="M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM10 2.5v1.3m0 12.4v1.3M2.5 10h1.3m12.4 0h1.3M4.7 4.7l.9.9m8.8 8.8.9.9m0-10.6-.9.9M5.6 14.4l-.9.9" />,
)
export const MoonIcon = icon(<path d="M16.2 11.8A6.8 6.8 0 0 1 8.2 3.8a6.6 6.6 0 1 0 8 8Z" />)
export const SystemIcon = icon(<path d="M4 4h12a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm3.5 12.5h5" />)
export const SignOutIcon = icon(<path d="M8 3.5H5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h3M12.5 6.5 16 10l-3.5 3.5M15.5 10H8" />)
export const EyeIcon = icon(<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5ZM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z" />)
export const EyeOffIcon = icon(
  <path d="M4 4l12 12M8.3 5.2A7.6 7.6 0 0 1 10 5c5 0 7.5 5 7.5 5a12 12 0 0 1-2 2.7M12.7 14.5A7.3 7.3 0 0 1 10 15c-5 0-7.5-5-7.5-5a12.3 12.3 0 0 1 3.3-3.7" />,
)
export const LockIcon = icon(<path d="M5.5 9h9a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1Zm1.5 0V6.5a3 3 0 0 1 6 0V9" />)
export const BellIcon = icon(<path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13L5 13.5ZM8.3 15.2a1.8 1.8 0 0 0 3.4 0M10 2.6V4" />)
export const OfflineIcon = icon(
  <path d="M3 3l14 14M5.8 9.8a6.5 6.5 0 0 1 2.5-1.3M3 7a10.5 10.5 0 0 1 2.9-2M14.2 9.8a6.3 6.3 0 0 0-1.4-.9M17 7a10.5 10.5 0 0 0-8-2.9M7.9 12.7a3.4 3.4 0 0 1 3-.8M10 15.5v.1" />,
)
export const BoldIcon = icon(<path d="M6.5 4.5h4.2a2.6 2.6 0 0 1 0 5.3H6.5m0-5.3v11h4.9a2.9 2.9 0 0 0 0-5.7H6.5" strokeWidth="2" />)
export const ItalicIcon = icon(<path d="M8.5 4.5h5m-7 11h5m.5-11-4 11" />)
export const BulletsIcon = icon(<path d="M8 5.5h8.5M8 10h8.5M8 14.5h8.5M4 5.5v.1M4 10v.1m0 4.4v.1" />)
export const ChecklistIcon = icon(<path d="m3.2 6 1.4 1.4 2.6-3M3.2 13.4l1.4 1.4 2.6-3M10 6h6.5M10 13.6h6.5" />)
export const AtIcon = icon(<path d="M13 7v4.2a2 2 0 0 0 4 0V10a7 7 0 1 0-2.8 5.6M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z" />)
export const PlayIcon = icon(<path d="M6.5 4.6v10.8l9-5.4-9-5.4Z" />)
export const PauseIcon = icon(<path d="M7 4.5v11m6-11v11" strokeWidth="2.2" />)
