/** useapi.net's FlowMusic API v1, as its pages of June 2026 and after describe it. */
@NullMarked
package io.riffhook.providers.flowmusic;

import org.jspecify.annotations.NullMarked;
