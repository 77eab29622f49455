/** Holds what docs/, events/ and README.md say to what the system does. */
@NullMarked
package io.riffhook.local.docs;

import org.jspecify.annotations.NullMarked;
