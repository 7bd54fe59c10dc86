import { useEffect, useRef } from "react";
import { meterLevel, rootMeanSquare } from "./sound-level";
import styles from "./LevelMeter.module.css";

interface Props {
  track: MediaStreamTrack;
  label: string;
  /** Called on every drawn frame with the level, [0, 1], and the milliseconds since the last call. */
  onLevel?: (level: number, elapsedMs: number) => void;
}

/** A bar that follows the microphone. Drawn through a ref: no render per frame. */
export function LevelMeter({ track, label, onLevel }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const report = useRef(onLevel);
  useEffect(() => {
    report.current = onLevel;
  }, [onLevel]);

  useEffect(() => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
    source.connect(analyser);
    void context.resume();
    const samples = new Float32Array(analyser.fftSize);
    let last = performance.now();
    let request = requestAnimationFrame(function draw(now) {
      analyser.getFloatTimeDomainData(samples);
      const level = meterLevel(rootMeanSquare(samples));
      if (bar.current) bar.current.style.transform = `scaleX(${level.toFixed(3)})`;
      report.current?.(level, Math.max(0, now - last));
      last = now;
      request = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(request);
      source.disconnect();
      void context.close();
    };
  }, [track]);

  return (
    <div className={styles.meter} role="img" aria-label={label}>
      <div ref={bar} className={styles.bar} />
    </div>
  );
}
