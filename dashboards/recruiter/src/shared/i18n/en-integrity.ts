/** What the camera showed, for a person to weigh. */
export const enIntegrity = {
  "integrity.title": "What the camera showed",
  "integrity.indication":
    "These are indications, not findings. A program made them from single pictures and it errs: light, headwear, glasses, skin, a squint, a stiff neck, a second screen, thinking, or somebody passing by can be the reason. They have no part in any question, rating, summary or score, and must not be the reason for a decision by themselves. That you opened this is recorded.",
  "integrity.noConsent": "The candidate did not agree to being observed. Nothing was observed, and that must not be held against them.",
  "integrity.noPictures": "The camera was off, or no picture was looked at. That must not be held against the candidate.",
  "integrity.pictures": "{count} pictures were looked at.",
  "integrity.sampled": "{count} pictures were looked at; they cover {percent} % of the time from the first to the last. The rest was not seen.",
  "integrity.nothing": "Nothing was noted.",
  "integrity.restsOn": "{count} pictures; {percent} % of this time was seen.",
  "observation.face_absent": "No face was found",
  "observation.several_faces": "More than one face was found",
  "observation.looking_away": "Looked away from the screen",
  "observation.too_close": "Very close to the camera",
  "observation.too_far": "Far from the camera",
  "observation.out_of_picture": "Partly outside the picture",
  "observation.too_dark": "The picture was dark",
  "observation.too_bright": "The picture was too bright",
  "observation.camera_covered": "Nothing could be seen: the camera was covered or dark",
  "baseline.device_check": "Compared with the look at the screen in the device check.",
  "baseline.interview": "Compared with the first seconds of the interview; the device check was not used.",
};
