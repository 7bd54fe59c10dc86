import { ApiError, errorFrom } from "./api-error";
import type { UploadedResume } from "./types";

interface Resume {
  file: File;
  name: string;
  email: string;
  language: string;
  /** What a person decided after the error `candidate_known`; without it, that is asked. */
  decision?: { if_known: "new" } | { if_known: "add"; candidate_id: string };
}

interface Options {
  token: string | null;
  /** [0, 1], of the bytes sent. */
  onProgress: (share: number) => void;
  onUnauthorized: () => void;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends a resume; `fetch` cannot report the progress of an upload, hence XMLHttpRequest. Throws `ApiError`. */
export function uploadResume({ file, name, email, language, decision }: Resume, options: Options): Promise<UploadedResume> {
  const form = new FormData();
  form.set("resume", file);
  form.set("name", name);
  if (email !== "") form.set("email", email);
  form.set("language", language);
  for (const [field, value] of Object.entries(decision ?? { if_known: "ask" })) form.set(field, value);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/candidates");
    if (options.token !== null) request.setRequestHeader("Authorization", `Bearer ${options.token}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => options.onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener("error", () => reject(new ApiError("unreachable")));
    request.addEventListener("load", () => {
      const body = parsed(request.responseText);
      if (request.status === 201) {
        resolve(body as UploadedResume);
        return;
      }
      if (request.status === 401) options.onUnauthorized();
      reject(errorFrom(request.status, body, request.getResponseHeader("Retry-After")));
    });
    request.send(form);
  });
}
