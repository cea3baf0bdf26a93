import Type from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import {
  PictureQuery,
  PictureView,
  picturesOf,
  presentPicture,
  takePicture,
} from '#platform/pictures/index.ts'
import type { AppContext } from '#src/context.ts'
import { fullTask } from '../tasks/task-queries.ts'
import { pictureSubject, placeOf, removePicture, taskForPictures } from './task-pictures.ts'

const tags = ['创城 · command']
const ofTask = Type.Object({ taskId: Id })
const params = Type.Object({ taskId: Id, pictureId: Id })

/** 照片: evidence of tasks. */
export function evidenceRoutes(app: App, context: AppContext): void {
  const { db, now } = context
  app.route({
    method: 'GET',
    url: '/api/tasks/:taskId/pictures',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'listTaskPictures',
      tags,
      summary: '任务照片 · the pictures of a task, with what looks odd about them',
      params: ofTask,
      response: { 200: Type.Object({ items: Type.Array(ref(PictureView)) }), ...problems },
    },
    handler: async ({ params: { taskId }, actor }) => {
      await fullTask(db.read, taskId, actor)
      const rows = await picturesOf(db.read, [pictureSubject(taskId)])
      return { items: rows.filter(({ hiddenAt }) => hiddenAt === null).map(presentPicture) }
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/tasks/:taskId/pictures/:pictureId',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'addTaskPicture',
      tags,
      summary: '上传任务照片 · add a picture under an id of your own; sent again, it is there once',
      params,
      querystring: PictureQuery,
      consumes: ['multipart/form-data'],
      response: { 200: ref(PictureView), ...problems },
    },
    handler: async (request) => {
      const { params, query, actor: by } = request
      const { taskId, pictureId } = params
      const { task } = await taskForPictures(db.read, taskId, by)
      const { latitude, longitude, claimedAt, clockOffsetSeconds = null, stage = 'evidence' } = query
      const fix = latitude === undefined || longitude === undefined ? null : { latitude, longitude }
      const picture = {
        ...{ id: pictureId, subject: pictureSubject(taskId), stage, clockOffsetSeconds },
        claimedAt: claimedAt ? readInstant(claimedAt) : null,
        place: await placeOf(db.read, task.zoneId, fix),
        byUserId: by.userId,
      }
      const row = await takePicture(context, request, picture, now(), async (tx) => {
        await taskForPictures(tx, taskId, by)
      })
      return presentPicture(row)
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/tasks/:taskId/pictures/:pictureId',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'removeTaskPicture',
      tags,
      summary: '删除照片 · take your own picture away, before the task is reported',
      params,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, actor: by }, reply) => {
      await db.transaction((tx) => removePicture(tx, { ...params, by }))
      return reply.code(204).send(null)
    },
  })
}
