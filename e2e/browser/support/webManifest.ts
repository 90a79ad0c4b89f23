import type { APIResponse } from '@playwright/test';
import * as v from 'valibot';

const picture = { src: v.string(), sizes: v.string(), type: v.string() };
const manifestSchema = v.looseObject({
  theme_color: v.string(),
  icons: v.array(v.object({ ...picture, purpose: v.string() })),
  screenshots: v.array(v.object({ ...picture, form_factor: v.string() })),
  shortcuts: v.array(v.object({ name: v.string(), url: v.string(), icons: v.array(v.object(picture)) })),
  share_target: v.looseObject({}),
  file_handlers: v.array(v.object({ accept: v.record(v.string(), v.array(v.string())) })),
  protocol_handlers: v.array(v.looseObject({})),
});

/** The web app manifest in a response. @throws ValiError when a member that the tests read is missing. */
export async function readManifest(response: APIResponse) {
  return v.parse(manifestSchema, await response.json());
}
