// RoI max pooling on the GPU: edges, forward, backward. records.py, gather.py and scatter.py beside it
// launch its kernels.
//
// One file, because the compiler is given one text. It includes nothing, so that NVRTC needs no
// headers and the tests can compile the very same file with g++ (tests/roipool/cuda).
//
// CuPy compiles with -ftz=true: wherever floats are compared, added or converted, one below 2^-126
// counts as zero. Nothing here does that. A maximum is taken over integers that order as the
// floats do, edges are computed in double, and the deterministic backward's one addition of floats
// is spelled in PTX. So every result is bit for bit that of the NumPy backend; only
// scatter_atomic, which adds in the device's order, promises no such thing.
//
// The bins of a RoI travel as one record of integers:
//
//     | y0 ... (PH) | y1 ... (PH) | x0 ... (PW) | x1 ... (PW) | image | empty argmax |
//
// Bin (i, j) is rows y0[i] .. y1[i] - 1 and columns x0[j] .. x1[j] - 1, inside the map.

struct Bins {
    const int *y0, *y1, *x0, *x1;
    int image, empty_argmax;
};

__device__ Bins bins_of(const int *records, long long roi, int bins_high, int bins_wide)
{
    const int *y0 = records + roi * (2 * bins_high + 2 * bins_wide + 2);
    const int *x0 = y0 + 2 * bins_high;
    const int *rest = x0 + 2 * bins_wide;
    return {y0, y0 + bins_high, x0, x0 + bins_wide, rest[0], rest[1]};
}


// ---- Numbers ------------------------------------------------------------------------------------

struct Half {
    unsigned short bits;
};

__device__ int bits_of(float x) { return __float_as_int(x); }
__device__ short bits_of(Half x) { return (short)x.bits; }
__device__ long long bits_of(double x) { return __double_as_longlong(x); }

// The key of a number is an integer that orders as the number does: its bits without the sign,
// negated where the sign is set. Both zeros get key 0, which reads back as +0.
//
//     number   -inf ... -1.0 ...   -0  +0   ... 1.0 ... inf
//     key     -0x7F800000 ...       0   0   ...  0x7F800000        NaN: LARGEST or -LARGEST
template <typename T> struct Number;

template <> struct Number<Half> {
    typedef short Key;
    typedef float Sum;
    static constexpr Key INFINITE = 0x7C00, LARGEST = 0x7FFF;
    static __device__ Half of_bits(int bits) { return {(unsigned short)bits}; }
};

template <> struct Number<float> {
    typedef int Key;
    typedef float Sum;
    static constexpr Key INFINITE = 0x7F800000, LARGEST = 0x7FFFFFFF;
    static __device__ float of_bits(int bits) { return __int_as_float(bits); }
};

template <> struct Number<double> {
    typedef long long Key;
    typedef double Sum;
    static constexpr Key INFINITE = 0x7FF0000000000000LL, LARGEST = 0x7FFFFFFFFFFFFFFFLL;
    static __device__ double of_bits(long long bits) { return __longlong_as_double(bits); }
};

template <typename T>
__device__ typename Number<T>::Key key_of(T number, bool nan_wins)
{
    typedef typename Number<T>::Key Key;
    const Key bits = bits_of(number);
    const Key magnitude = bits & Number<T>::LARGEST;
    if (magnitude > Number<T>::INFINITE)
        return nan_wins ? Number<T>::LARGEST : -Number<T>::LARGEST;
    return bits < 0 ? -magnitude : magnitude;
}

// LARGEST itself reads back as a NaN.
template <typename T>
__device__ T number_of(typename Number<T>::Key key)
{
    return Number<T>::of_bits(key < 0 ? -key | ~Number<T>::LARGEST : key);
}

// What a scan does at a NaN. Where it does anything its key is LARGEST, otherwise -LARGEST.
enum Nan { NAN_LOSES, NAN_WINS, NAN_FIRST, NAN_RESTARTS };

// The key that a cell must exceed to count. A plain maximum has none: its key lies below that of
// -inf.
template <typename T>
__device__ typename Number<T>::Key start_of(T lowest, bool is_plain)
{
    return is_plain ? -Number<T>::LARGEST : key_of(lowest, false);
}

// Whether a cell takes the place of the best so far, in a scan where a NaN's place decides.
template <typename T>
__device__ bool replaces(typename Number<T>::Key key, typename Number<T>::Key best, int nan)
{
    if (nan == NAN_RESTARTS)
        return key > best || best == Number<T>::LARGEST;
    // Only the first cell is compared with the start.
    if (nan == NAN_FIRST && key == Number<T>::LARGEST)
        return best == -Number<T>::LARGEST;
    return key > best;
}


// ---- Edges: the twin of roipool/bins.py, proven equal to it by tests/roipool/cuda/test_edges.py ---------

enum Rounding { HALF_AWAY, HALF_EVEN, NO_ROUNDING, FLOOR, OUTWARD };
enum Arithmetic { EXACT, FLOAT32, FLOAT64, STEP, STEP_REST };
enum Product { OF_FLOAT32, OF_FLOAT64, NOT_ROUNDED };
enum Stop { FLOOR_STOP, CEIL_STOP, NEAREST_STOP, FLOOR_OR_ONE };

// The float32 number nearest to x, ties to even. The product, quotient or sum of two float32
// numbers, computed in double and rounded by this, is what float32 arithmetic gives.
__device__ double to_float32(double x)
{
    if (fabs(x) < 0x1p-126) {
        // Here floats lie 2^-149 apart, which is the last place of any number beside this one.
        const double grid = 0x1.8p-97;
        return __dadd_rn(__dadd_rn(x, grid), -grid);
    }
    if (fabs(x) >= 0x1.ffffffp127)
        return copysign(__longlong_as_double(Number<double>::INFINITE), x);
    // 29 of double's 52 digits go; a carry into the exponent is the next power of two, as it ought.
    const long long bits = __double_as_longlong(x);
    return __longlong_as_double((bits + 0x0FFFFFFF + (bits >> 29 & 1)) & ~0x1FFFFFFFLL);
}

// Cells further out than this are cut off, so that every cell is an int.
__device__ double near_cell(double x)
{
    const double far = 1 << 30;
    return fmin(fmax(x, -far), far);
}

__device__ double to_cell(double x, int rounding, bool is_end)
{
    if (rounding == FLOOR || rounding == OUTWARD)
        return is_end && rounding == OUTWARD ? ceil(x) : floor(x);
    if (rounding == HALF_EVEN)
        return rint(x);
    // Adding 0.5 to the number before it gives 1.
    const double whole = trunc(x);
    return fabs(__dadd_rn(x, -whole)) >= 0.5 ? whole + copysign(1.0, x) : whole;
}

// A RoI along one axis, in cells: whole numbers unless the convention does not round.
struct Axis {
    double start, length;
};

__device__ Axis axis_of(double first, double last, double scale, int end_offset, int rounding,
                        int min_cells, int product)
{
    const bool single = product == OF_FLOAT32;
    if (product != OF_FLOAT64) {
        first = to_float32(first);
        last = to_float32(last);
    }
    if (rounding == NO_ROUNDING) {
        // (x2 + 1) * s and not x2 * s + 1: the offset is a pixel of the image, not a cell.
        last = __dadd_rn(last, end_offset);
        if (product != OF_FLOAT64)
            last = to_float32(last);
    }
    // Of float32 numbers a double holds the product.
    double start = __dmul_rn(first, scale), stop = __dmul_rn(last, scale);
    start = near_cell(single ? to_float32(start) : start);
    stop = near_cell(single ? to_float32(stop) : stop);
    if (rounding == NO_ROUNDING) {
        const double span = __dadd_rn(stop, -start);
        const double length = single ? to_float32(span) : span;
        return {start, min_cells ? fmax(length, (double)min_cells) : length};
    }
    start = to_cell(start, rounding, false);
    stop = to_cell(stop, rounding, true);
    return {start, fmax(stop + end_offset - start, (double)min_cells)};
}

__device__ long long floor_div(long long a, long long b)
{
    return a / b - (a % b < 0);
}

__device__ int clipped(double cell, int size)
{
    return (int)fmin(fmax(cell, 0.0), (double)size);
}

// Boundary i of `count` bins as a whole cell, not clipped to the map.
__device__ double boundary_of(Axis axis, int i, int count, int stop, int rounding, int arithmetic)
{
    if (arithmetic == STEP || arithmetic == STEP_REST) {
        const long long length = (long long)axis.length;
        const bool rest = arithmetic == STEP_REST && i == count;
        return axis.start + (rest ? length : i * floor_div(length, count));
    }
    const bool up = stop == CEIL_STOP;
    if (arithmetic == EXACT) {
        const long long product = i * (long long)axis.length;
        if (stop == NEAREST_STOP)
            return axis.start + floor_div(2 * product + count, 2LL * count);
        return axis.start + (up ? -floor_div(-product, count) : floor_div(product, count));
    }
    const bool single = arithmetic == FLOAT32;
    const double length = single ? to_float32(axis.length) : axis.length;
    const double quotient = __ddiv_rn(length, count);
    const double product = __dmul_rn(i, single ? to_float32(quotient) : quotient);
    double boundary = single ? to_float32(product) : product;
    double offset = axis.start;
    if (rounding == NO_ROUNDING) {
        // The fractional start takes part in the floor and the ceil.
        const double sum = __dadd_rn(boundary, single ? to_float32(offset) : offset);
        boundary = single ? to_float32(sum) : sum;
        offset = 0;
    }
    if (stop == NEAREST_STOP)
        return offset + floor(__dadd_rn(boundary, 0.5));
    return offset + (up ? ceil(boundary) : floor(boundary));
}

// One thread an edge pair: PH + PW threads write the record of a RoI.
// boxes (N, 5) [batch_index, x1, y1, x2, y2]; scale is a float32 number but for OF_FLOAT64.
__global__ void bin_edges(const double *boxes, int *records, long long rois, int images,
                          int height, int width, int bins_high, int bins_wide, double scale,
                          int end_offset, int rounding, int arithmetic, int stop_snap,
                          int min_cells, int empty_argmax, int skips_degenerate,
                          int degenerate_argmax, int product)
{
    const long long thread = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    const long long roi = thread / (bins_high + bins_wide);
    if (roi >= rois)
        return;
    const int pair = (int)(thread % (bins_high + bins_wide));
    const double *box = boxes + roi * 5;
    const double index = box[0];
    const bool known = index >= 0 && index < images && index == floor(index);
    bool is_number = true;
    for (int k = 1; k < 5; ++k)
        is_number = is_number && box[k] == box[k];
    const Axis cols = axis_of(box[1], box[3], scale, end_offset, rounding, min_cells, product);
    const Axis rows = axis_of(box[2], box[4], scale, end_offset, rounding, min_cells, product);
    const bool degenerate =
        skips_degenerate && is_number && (rows.length <= 0 || cols.length <= 0);

    const bool is_row = pair < bins_high;
    const Axis axis = is_row ? rows : cols;
    const int i = is_row ? pair : pair - bins_high;
    const int count = is_row ? bins_high : bins_wide;
    const int size = is_row ? height : width;
    int start = 0, stop = 0;
    // A box that is not a number or names no image has no cells.
    if (known && is_number) {
        const int start_snap = stop_snap == CEIL_STOP ? FLOOR_STOP : stop_snap;
        const double first = boundary_of(axis, i, count, start_snap, rounding, arithmetic);
        double last = boundary_of(axis, i + 1, count, stop_snap, rounding, arithmetic);
        if (stop_snap == FLOOR_OR_ONE)
            last = fmax(last, first + 1);
        start = clipped(first, size);
        stop = clipped(last, size);
    }
    int *record = records + roi * (2 * bins_high + 2 * bins_wide + 2);
    int *starts = is_row ? record : record + 2 * bins_high;
    starts[i] = start;
    starts[i + count] = degenerate ? start : stop;
    if (pair == 0) {
        int *rest = record + 2 * bins_high + 2 * bins_wide;
        rest[0] = known ? (int)index : -1;
        rest[1] = degenerate ? degenerate_argmax : empty_argmax;
    }
}


// ---- Forward, to be read: one thread computes one element of the output -------------------------

// maps (B, C, H, W), output and argmax (N, C, PH, PW); argmax may be null. records holds the bins
// of each RoI, as whole cells: nothing is rounded here.
template <typename T>
__global__ void reference(const T *maps, const int *records, T *output, int *argmax,
                          long long elements, int channels, int height, int width,
                          int bins_high, int bins_wide, T lowest, int is_plain, int nan,
                          T empty_value)
{
    const long long element = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    if (element >= elements)
        return;
    // element = ((roi * C + channel) * PH + i) * PW + j
    const int j = (int)(element % bins_wide);
    const int i = (int)(element / bins_wide % bins_high);
    const int channel = (int)(element / bins_wide / bins_high % channels);
    const long long roi = element / bins_wide / bins_high / channels;

    const Bins bins = bins_of(records, roi, bins_high, bins_wide);
    const int y0 = bins.y0[i], y1 = bins.y1[i], x0 = bins.x0[j], x1 = bins.x1[j];
    T value = empty_value;
    int place = bins.empty_argmax;
    if (y0 < y1 && x0 < x1) {
        const long long map = (long long)bins.image * channels + channel;
        const T *cells = maps + map * height * width;
        // Keys are integers that order as the numbers do. Where NaN wins its key is above all
        // others and the start below all; where it loses it is below the start, and never found.
        auto best = start_of(lowest, is_plain);
        place = -1;
        for (int h = y0; h < y1; ++h)
            for (int w = x0; w < x1; ++w) {
                const auto key = key_of(cells[h * width + w], nan != NAN_LOSES);
                // Strictly greater: of equal cells the first in row-major order stays.
                if (replaces<T>(key, best, nan)) {
                    best = key;
                    place = h * width + w;
                }
            }
        value = number_of<T>(best);
    }
    output[element] = value;
    if (argmax)
        argmax[element] = place;
}


// ---- Forward, to be fast: channels last, keys instead of numbers --------------------------------
//
// The map is turned over once, so that the cell (h, w) of neighbouring channels lies side by side:
//
//     maps (B, C, H, W)                       keys (B, H, W, C)
//     channel 0: c00 c01 c02 ...              cell (0, 0): channel 0 1 2 3 ...
//     channel 1: c00 c01 c02 ...      ->      cell (0, 1): channel 0 1 2 3 ...
//
// A block takes one RoI and blockDim.x channels, one thread a channel: all threads walk the same
// cells and every read is one row of neighbouring keys. Results are collected in shared memory,
// (channel, bin), because in the output the bins of a channel are neighbours.
//
// Where an argmax is asked for, a word may hold key and cell together, so that one maximum gives
// the value and the first cell that has it:
//
//     63        key        32 31   0x7FFFFFFF - cell    0

extern __shared__ long long shared_words[];

const int ENCODE_SIDE = 32;

template <typename T, bool WITH_CELL> struct Word {
    typedef typename Number<T>::Key Type;
    static __device__ Type of(Type key, int) { return key; }
    static __device__ Type key(Type word) { return word; }
    static __device__ int cell(Type) { return -1; }
};

template <typename T> struct Word<T, true> {
    typedef long long Type;
    static __device__ Type of(int key, int cell) { return key * (1LL << 32) + (0x7FFFFFFF - cell); }
    static __device__ int key(Type word) { return (int)(word >> 32); }
    static __device__ int cell(Type word) { return 0x7FFFFFFF - (int)(word & 0x7FFFFFFF); }
};

// maps (B, C, cells) -> words (B, cells, C), by tiles of 32 x 32 that turn over in shared memory.
// A block of 32 x 8 threads takes a tile; the odd row length spreads a column over all banks.
template <typename T, bool WITH_CELL>
__global__ void encode(const T *maps, typename Word<T, WITH_CELL>::Type *words, int channels,
                       int cells, int nan_wins)
{
    typedef Word<T, WITH_CELL> W;
    typename W::Type *tile = (typename W::Type *)shared_words;
    const int cell_tiles = (cells + ENCODE_SIDE - 1) / ENCODE_SIDE;
    const int channel_tiles = (channels + ENCODE_SIDE - 1) / ENCODE_SIDE;
    const int first_cell = blockIdx.x % cell_tiles * ENCODE_SIDE;
    const int first_channel = blockIdx.x / cell_tiles % channel_tiles * ENCODE_SIDE;
    const long long image = blockIdx.x / cell_tiles / channel_tiles;
    const int row_length = ENCODE_SIDE + 1;

    int cell = first_cell + threadIdx.x;
    for (int row = threadIdx.y; row < ENCODE_SIDE; row += blockDim.y) {
        const int channel = first_channel + row;
        if (channel < channels && cell < cells) {
            const T number = maps[(image * channels + channel) * cells + cell];
            tile[row * row_length + threadIdx.x] = W::of(key_of(number, nan_wins), cell);
        }
    }
    __syncthreads();
    const int channel = first_channel + threadIdx.x;
    for (int row = threadIdx.y; row < ENCODE_SIDE; row += blockDim.y) {
        cell = first_cell + row;
        if (channel < channels && cell < cells)
            words[(image * cells + cell) * channels + channel] =
                tile[threadIdx.x * row_length + row];
    }
}

// Shared memory of a block: values (channel, bin), then places (channel, bin), for as many bins as
// the host found room for. An odd row length spreads neighbouring channels over all banks.
template <typename T> struct Stage {
    T *values;
    int *places;
    int row_length;

    __device__ Stage(int chunk) : row_length(chunk | 1)
    {
        values = (T *)shared_words;
        places = (int *)(values + blockDim.x * row_length);
    }

    // Writes `count` bins of `channels` channels; `output` points at the first bin of the first.
    template <typename V>
    __device__ void write(const V *from, V *output, int channels, int bins, int count) const
    {
        int channel = threadIdx.x / count, bin = threadIdx.x % count;
        const int channel_step = blockDim.x / count, bin_step = blockDim.x % count;
        while (channel < channels) {
            output[(long long)channel * bins + bin] = from[channel * row_length + bin];
            channel += channel_step;
            bin += bin_step;
            if (bin >= count) {
                bin -= count;
                ++channel;
            }
        }
    }
};

// How pool reads a bin: every cell of it, in row-major order, as `reference` does. IN_ORDER where
// it matters which cell a NaN is; whoever does not ask has one comparison a cell.
template <typename T, bool WITH_ARGMAX, bool IN_ORDER> struct EveryCell {
    typedef typename Number<T>::Key Key;
    const Key *words;
    int channels, width, nan;

    __device__ void best_of(int y0, int y1, int x0, int x1, Key &best, int &place) const
    {
        for (int h = y0; h < y1; ++h) {
            const Key *word = words + ((long long)h * width + x0) * channels;
#pragma unroll 4
            for (int w = x0; w < x1; ++w, word += channels) {
                const Key key = *word;
                const bool better = IN_ORDER ? replaces<T>(key, best, nan) : key > best;
                if (WITH_ARGMAX)
                    place = better ? h * width + w : place;
                best = better ? key : best;
            }
        }
    }
};

// keys (B, H, W, C) -> output and argmax (N, C, PH, PW), `chunk` bins at a time.
template <typename T, bool WITH_ARGMAX, typename Reader>
__device__ void pool(Reader reader, const int *records, T *output, int *argmax, long long roi,
                     int first_channel, int channels, int bins_high, int bins_wide, int chunk,
                     T lowest, int is_plain, T empty_value)
{
    const Stage<T> stage(chunk);
    const Bins bins = bins_of(records, roi, bins_high, bins_wide);
    const int all = bins_high * bins_wide;
    const int in_tile = min((int)blockDim.x, channels - first_channel);
    const auto start = start_of(lowest, is_plain);
    for (int first = 0; first < all; first += chunk) {
        const int count = min(chunk, all - first);
        if ((int)threadIdx.x < in_tile)
            for (int k = 0; k < count; ++k) {
                const int i = (first + k) / bins_wide, j = (first + k) % bins_wide;
                const int y0 = bins.y0[i], y1 = bins.y1[i], x0 = bins.x0[j], x1 = bins.x1[j];
                const bool filled = y0 < y1 && x0 < x1;
                auto best = start;
                int place = -1;
                if (filled)
                    reader.best_of(y0, y1, x0, x1, best, place);
                const int at = threadIdx.x * stage.row_length + k;
                stage.values[at] = filled ? number_of<T>(best) : empty_value;
                if (WITH_ARGMAX)
                    stage.places[at] = filled ? place : bins.empty_argmax;
            }
        __syncthreads();
        const long long to = (roi * channels + first_channel) * all + first;
        stage.write(stage.values, output + to, in_tile, all, count);
        if (WITH_ARGMAX)
            stage.write(stage.places, argmax + to, in_tile, all, count);
        __syncthreads();
    }
}

template <typename T, bool WITH_ARGMAX, bool IN_ORDER>
__global__ void pool_cells(const typename Number<T>::Key *keys, const int *records, T *output,
                           int *argmax, int channels, int height, int width, int bins_high,
                           int bins_wide, int chunk, T lowest, int is_plain, int nan,
                           T empty_value)
{
    const int tiles = (channels + blockDim.x - 1) / blockDim.x;
    const long long roi = blockIdx.x / tiles;
    const int first_channel = blockIdx.x % tiles * blockDim.x;
    const long long image = max(0, bins_of(records, roi, bins_high, bins_wide).image);
    const long long map = image * height * width * channels + first_channel + threadIdx.x;
    const EveryCell<T, WITH_ARGMAX, IN_ORDER> reader = {keys + map, channels, width, nan};
    pool<T, WITH_ARGMAX>(reader, records, output, argmax, roi, first_channel, channels, bins_high,
                         bins_wide, chunk, lowest, is_plain, empty_value);
}


// ---- Large RoIs: four reads a bin, whatever its size --------------------------------------------
//
// windows[a][b] (B, H, W, C) holds at (h, w) the maximum of the window of 2^a rows and 2^b columns
// that begins there. Doubling builds them, and four windows that may overlap cover a bin:
//
//     windows[0][2] at w = max of windows[0][1] at w and w + 2      a bin of 3 x 5: a = 1, b = 2
//
//     w   .   +2  .   +4                                            [ 0 0 0 0 ] 1       0 1
//     [ b = 1 ][ b = 1 ]                                            [ 2 2 2 2 ] 3       2 3
//     [     b = 2      ]                                              2 2 2 2   3   (0, 2 and 1, 3
//                                                                    overlap)
//
// The host builds the windows that the bins of a RoI as large as the map need. A larger bin, of a
// RoI that sticks out of a map, is covered by more of the largest windows.
//
// Predicted, not measured: boxes of half the side of a 38 x 50 map cut in 7 x 7 bins have about 18
// cells a bin; four reads of 4 bytes instead move 0.8 GB and not 3.6 GB through L2 for 2000 RoIs
// and 512 channels, against 0.03 GB for building 12 windows. Words of 8 bytes double that.

// windows[k] = max(windows_before[k], windows_before[k + step along the axis]), for `count` words.
// Along the axis lie `size` cells, `span` words apart. Past the map's end a window is cut short,
// and never read there.
template <typename Word>
__global__ void widen(const Word *before, Word *after, long long count, long long span, int size,
                      int step)
{
    const long long k = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    if (k >= count)
        return;
    const int at = (int)(k / span % size);
    const Word here = before[k];
    const Word there = at + step < size ? before[k + step * span] : here;
    after[k] = there > here ? there : here;
}

template <typename T, bool WITH_ARGMAX> struct FourWindows {
    typedef Word<T, WITH_ARGMAX> W;
    const typename W::Type *words;
    long long level;
    int channels, width, levels_high, levels_wide;

    __device__ typename W::Type at(const typename W::Type *windows, int h, int w) const
    {
        return windows[((long long)h * width + w) * channels];
    }

    __device__ void best_of(int y0, int y1, int x0, int x1, typename Number<T>::Key &best,
                            int &place) const
    {
        const int a = min(31 - __clz(y1 - y0), levels_high - 1);
        const int b = min(31 - __clz(x1 - x0), levels_wide - 1);
        const typename W::Type *windows = words + (a * levels_wide + b) * level;
        const int rows = 1 << a, cols = 1 << b;
        // Four reads that do not wait for each other; where the bin is one window they coincide.
        typename W::Type word = max(max(at(windows, y0, x0), at(windows, y0, x1 - cols)),
                                    max(at(windows, y1 - rows, x0),
                                        at(windows, y1 - rows, x1 - cols)));
        if (y1 - y0 > 2 * rows || x1 - x0 > 2 * cols)
            for (int h = y0; h < y1; h += rows)
                for (int w = x0; w < x1; w += cols)
                    word = max(word, at(windows, min(h, y1 - rows), min(w, x1 - cols)));
        if (W::key(word) > best) {
            best = W::key(word);
            place = W::cell(word);
        }
    }
};

template <typename T, bool WITH_ARGMAX>
__global__ void pool_windows(const typename Word<T, WITH_ARGMAX>::Type *windows,
                             const int *records, T *output, int *argmax, int images, int channels,
                             int height, int width, int bins_high, int bins_wide, int chunk,
                             int levels_high, int levels_wide, T lowest, int is_plain,
                             T empty_value)
{
    const int tiles = (channels + blockDim.x - 1) / blockDim.x;
    const long long roi = blockIdx.x / tiles;
    const int first_channel = blockIdx.x % tiles * blockDim.x;
    const long long image = max(0, bins_of(records, roi, bins_high, bins_wide).image);
    const long long plane = (long long)height * width * channels;
    const FourWindows<T, WITH_ARGMAX> reader = {
        windows + image * plane + first_channel + threadIdx.x, images * plane, channels, width,
        levels_high, levels_wide};
    pool<T, WITH_ARGMAX>(reader, records, output, argmax, roi, first_channel, channels, bins_high,
                         bins_wide, chunk, lowest, is_plain, empty_value);
}


// ---- Backward -----------------------------------------------------------------------------------

// The only arithmetic on floats. A plain + would become add.ftz.
__device__ float sum_of(float a, float b)
{
#ifdef __CUDACC__
    float sum;
    asm("add.rn.f32 %0, %1, %2;" : "=f"(sum) : "f"(a), "f"(b));
    return sum;
#else
    return a + b;
#endif
}
__device__ double sum_of(double a, double b) { return a + b; }

__device__ float widened(float x) { return x; }
__device__ double widened(double x) { return x; }

__device__ float widened(Half x)
{
    const int sign = (x.bits & 0x8000) << 16, exponent = x.bits >> 10 & 31, digits = x.bits & 0x3FF;
    if (exponent == 31)
        return __int_as_float(sign | 0x7F800000 | digits << 13);
    if (exponent > 0)
        return __int_as_float(sign | (exponent + 112) << 23 | digits << 13);
    if (digits == 0)
        return __int_as_float(sign);
    // digits * 2^-24, whose first digit a float does not write down.
    const int first = 31 - __clz(digits);
    return __int_as_float(sign | (first + 103) << 23 | (digits << (23 - first) & 0x7FFFFF));
}

__device__ void narrow(float x, float *to) { *to = x; }
__device__ void narrow(double x, double *to) { *to = x; }

// To the nearest half, ties to even.
__device__ void narrow(float x, Half *to)
{
    const int bits = __float_as_int(x);
    const int sign = bits >> 16 & 0x8000, magnitude = bits & 0x7FFFFFFF;
    int half;
    if (magnitude > 0x7F800000) {
        half = 0x7E00;
    } else if (magnitude >= 0x477FF000) {
        half = 0x7C00; // 65520, half-way to the half that would follow the largest, and beyond
    } else if (magnitude < 0x33000000) {
        half = 0; // below half of the smallest, 2^-25
    } else {
        // Digits that go: 13, and one more for each power of two below 2^-14.
        const int exponent = magnitude >> 23;
        const bool small = exponent < 113;
        const int digits = small ? (magnitude & 0x7FFFFF) | 0x800000 : magnitude - (112 << 23);
        const int lost = small ? 126 - exponent : 13;
        const int rest = digits & ((1 << lost) - 1), halfway = 1 << (lost - 1);
        half = digits >> lost;
        half += rest > halfway || (rest == halfway && half & 1);
    }
    to->bits = (unsigned short)(sign | half);
}

const int SCATTER_CHUNK = 256;
const unsigned WHOLE_WARP = 0xFFFFFFFFu;

// A warp owns `slab` cells of one channel of one image, in shared memory, and adds to them the
// gradients of that image's boxes in order: every cell's sum is that of a loop over the boxes and
// their bins, whatever the device. SCATTER_CHUNK bins are fetched at a time, and taken 32 by 32:
//
//     lane        0   1   2   3 ...
//     cell       17  18  17  17 ...      lanes with one cell: the first of them adds for all,
//     gradient    a   b   c   d ...      ((sum[17] + a) + c) + d
//
// rois: the boxes ordered by image, those of image b from first_roi[b] to first_roi[b + 1].
template <typename T>
__global__ void scatter(const T *grad_output, const int *argmax, const int *rois,
                        const int *first_roi, T *grad_input, int channels, int cells, int bins,
                        int slab)
{
    typedef typename Number<T>::Sum Sum;
    Sum *sums = (Sum *)shared_words;
    Sum *gradients = sums + slab;
    int *targets = (int *)(gradients + SCATTER_CHUNK);

    const int lane = threadIdx.x;
    const int slabs = (cells + slab - 1) / slab;
    const int first_cell = blockIdx.x % slabs * slab;
    const int owned = min(slab, cells - first_cell);
    const long long map = blockIdx.x / slabs; // image * C + channel
    const int channel = (int)(map % channels), image = (int)(map / channels);
    for (int cell = lane; cell < owned; cell += 32)
        sums[cell] = 0;

    // A lane fetches every 32nd bin, and the next chunk's while this one is added.
    const long long last = first_roi[image + 1];
    long long roi = first_roi[image] + lane / bins;
    int bin = lane % bins;
    T fetched[SCATTER_CHUNK / 32];
    int places[SCATTER_CHUNK / 32];
    auto fetch = [&]() {
#pragma unroll
        for (int k = 0; k < SCATTER_CHUNK / 32; ++k) {
            places[k] = -1;
            if (roi < last) {
                const long long entry = ((long long)rois[roi] * channels + channel) * bins + bin;
                places[k] = argmax[entry];
                fetched[k] = grad_output[entry];
            }
            bin += 32 % bins;
            roi += 32 / bins;
            if (bin >= bins) {
                bin -= bins;
                ++roi;
            }
        }
    };
    fetch();
    const long long entries = (last - first_roi[image]) * bins;
    for (long long done = 0; done < entries; done += SCATTER_CHUNK) {
#pragma unroll
        for (int k = 0; k < SCATTER_CHUNK / 32; ++k) {
            // A place outside this slab, outside the map or nowhere is nobody's: unsigned, what
            // lies before the slab lies far behind it.
            const unsigned target = (unsigned)places[k] - (unsigned)first_cell;
            const bool mine = target < (unsigned)owned;
            targets[k * 32 + lane] = mine ? (int)target : -1;
            if (mine)
                gradients[k * 32 + lane] = widened(fetched[k]);
        }
        fetch();
        __syncwarp();
        for (int k = 0; k < SCATTER_CHUNK; k += 32) {
            const int target = targets[k + lane];
            unsigned same = __match_any_sync(WHOLE_WARP, target);
            if (target >= 0 && lane == __ffs(same) - 1) {
                Sum sum = sums[target];
                for (; same; same &= same - 1)
                    sum = sum_of(sum, gradients[k + __ffs(same) - 1]);
                sums[target] = sum;
            }
            __syncwarp();
        }
    }
    for (int cell = lane; cell < owned; cell += 32)
        narrow(sums[cell], grad_input + map * cells + first_cell + cell);
}

// One thread an element of grad_output; the order of the additions is the device's.
// sums (B, C, H, W), in float for halves.
template <typename T>
__global__ void scatter_atomic(const T *grad_output, const int *argmax, const int *images,
                               typename Number<T>::Sum *sums, long long elements, int batch,
                               int channels, int cells, int bins)
{
    const long long element = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    if (element >= elements)
        return;
    const int cell = argmax[element];
    const int channel = (int)(element / bins % channels);
    const int image = images[element / bins / channels];
    if (cell >= 0 && cell < cells && image >= 0 && image < batch)
        atomicAdd(sums + ((long long)image * channels + channel) * cells + cell,
                  widened(grad_output[element]));
}
