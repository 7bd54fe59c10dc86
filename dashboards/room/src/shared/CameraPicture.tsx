import { useEffect, useRef } from "react";

interface Props {
  track: MediaStreamTrack;
  label: string;
  className: string | undefined;
}

/** The camera's own picture, without sound. */
export function CameraPicture({ track, label, className }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = new MediaStream([track]);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return <video ref={video} className={className} aria-label={label} autoPlay muted playsInline />;
}
