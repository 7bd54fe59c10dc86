import type { ReactNode } from "react";

interface Props {
  id: string;
  number: number;
  title: string;
  children: ReactNode;
}

export function Step({ id, number, title, children }: Props) {
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id}>
        {number}. {title}
      </h2>
      {children}
    </section>
  );
}
