import { createApi } from "@interview/api-client";
import { session } from "./session";

export const api = createApi({ token: session.token, onUnauthorized: session.expire });
