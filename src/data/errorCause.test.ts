import { expect, it } from 'vitest';
import { ApiError } from '../api/apiError.ts';
import { StorageError } from '../sync/storage/database.ts';
import { errorCauseOf } from './errorCause.ts';

it.each([
  ['this device', new StorageError('full', undefined), { storage: 'full' }],
  ['the service', new ApiError('refused', 'No'), { failure: 'refused' }],
  ['the network', new ApiError('offline', 'No'), { failure: 'offline' }],
  ['the app itself', new TypeError('x is undefined'), { failure: null }],
])('the cause of an error is reported as %s', (_, error, trouble) => {
  expect(errorCauseOf(error)).toEqual(trouble);
});
