/** An icon of the sprite in index.html. */
export function Icon({ id, cls = "i", box = "0 0 16 16" }: { id: string; cls?: string; box?: string }) {
  return (
    <svg class={cls} viewBox={box} aria-hidden="true">
      <use href={"#" + id} />
    </svg>
  );
}
