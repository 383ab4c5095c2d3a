package broken.layersarerespected.stray;

/** Is in no layer. */
interface Stray {}
