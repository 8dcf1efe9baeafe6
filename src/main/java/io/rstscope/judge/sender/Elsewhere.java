package io.rstscope.judge.sender;

import java.util.List;

/**
 * Packets of another capture.
 *
 * @param capture its name, without folders
 * @param frames their numbers in it, from 1
 */
public record Elsewhere(String capture, List<Long> frames) {}
