package io.rstscope.pairing.clock;

/**
 * The corners of a cloud's convex hull on one side: only these can be the nearest to a line on that
 * side, whatever its slope (Andrew's monotone chain).
 */
final class Hull {
  private final TransitCloud cloud;
  private final long originNanos;
  private final int side;
  private final int[] corners;
  private int size;

  private Hull(TransitCloud cloud, long originNanos, int side) {
    this.cloud = cloud;
    this.originNanos = originNanos;
    this.side = side;
    corners = new int[cloud.size()];
    for (int i = 0; i < cloud.size(); i++) {
      while (size > 1 && !turnsAway(corners[size - 2], corners[size - 1], i)) {
        size--;
      }
      corners[size++] = i;
    }
  }

  static Hull below(TransitCloud cloud, long originNanos) {
    return new Hull(cloud, originNanos, 1);
  }

  static Hull above(TransitCloud cloud, long originNanos) {
    return new Hull(cloud, originNanos, -1);
  }

  private boolean turnsAway(int one, int two, int three) {
    double cross =
        (time(two) - time(one)) * (height(three) - height(one))
            - (height(two) - height(one)) * (time(three) - time(one));
    return side * cross > 0;
  }

  private double time(int i) {
    return (double) cloud.hereNanos(i) - originNanos;
  }

  private double height(int i) {
    return cloud.above(i, 0, originNanos);
  }

  /** Number in the cloud of the outermost point, against a line of that slope. */
  int outermost(double skew) {
    int outermost = corners[0];
    for (int i = 1; i < size; i++) {
      double further =
          cloud.above(outermost, skew, originNanos) - cloud.above(corners[i], skew, originNanos);
      if (side * further > 0) {
        outermost = corners[i];
      }
    }
    return outermost;
  }

  /** How far that point lies above the line through the origin, nanoseconds. */
  double outermostAbove(double skew) {
    return cloud.above(outermost(skew), skew, originNanos);
  }
}
