export interface MinutesFacts {
  title: string
}
