import type { Task, Tasks } from '@paperboard/shared/api'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import { serverNow } from '../../live/clock.ts'
import { onNews } from '../../live/news.ts'
import { toast } from '../../ui/toast.ts'

/** Meetings that are on may give me something at any time. The server says so; whom that does not reach finds it a minute later. */
const tasksQuery = queryOptions({ queryKey: ['tasks'], queryFn: () => answer(api.tasks.$get()), staleTime: 0, refetchInterval: 60_000 })

/** What meetings left me to do. */
export const useTasks = () => {
  useEffect(() => onNews(() => void queries.invalidateQueries(tasksQuery)), [])
  return useQuery(tasksQuery)
}

const isSame = (a: Task, b: Task) => a.meeting === b.meeting && a.key === b.key

const show = (task: Task, doneAt: number | null) =>
  queries.setQueryData<Tasks>(tasksQuery.queryKey, known => known && { tasks: known.tasks.map(other => (isSame(other, task) ? { ...other, doneAt } : other)) })

/** Marks a task done, or open again: here at once, and taken back where the server refuses or cannot be reached. */
export const useMark = (task: Task) =>
  useMutation({
    mutationFn: (done: boolean) =>
      answer(
        api.groups[':group'].meetings[':meeting'].actions[':action'].done.$put({
          param: { group: task.group, meeting: task.meeting, action: task.key },
          json: { done },
        }),
      ),
    onMutate: async done => {
      // An answer that is on its way does not know of this yet.
      await queries.cancelQueries(tasksQuery)
      show(task, done ? serverNow() : null)
      return task.doneAt
    },
    onError: (failure, _, before) => {
      // What is shown by now is what was wanted.
      show(task, before ?? null)
      toast(sentenceOf(failure), { tone: 'warn' })
    },
  })
